// Puts the question box where its script tag stands: <script async src="https://…/widget.js"></script>

(() => {
  const script = document.currentScript;
  if (script === null) return;
  const home = new URL("widget", script.src);
  const frame = document.createElement("iframe");
  frame.src = home.href;
  frame.title = "Ask the documents";
  frame.style.cssText = "display:block;width:100%;height:4.5rem;border:0";
  frame.setAttribute(
    "sandbox",
    "allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  );
  frame.referrerPolicy = "no-referrer";
  script.after(frame);
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== home.origin) return;
    const height = Number(data?.footnoteHeight);
    if (height > 0 && height < 20_000) frame.style.height = `${Math.ceil(height)}px`;
  });
})();
