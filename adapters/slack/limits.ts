// Lists Slack's limits on a message. Source: https://docs.slack.dev/reference/block-kit/blocks/ and the pages below it.

export const BLOCKS_MAX = 50;
/** Of a section's text; the same is kept for every other mrkdwn text. */
export const TEXT_LENGTH_MAX = 3000;
export const HEADER_LENGTH_MAX = 150;
export const ACTIONS_MAX = 25;
export const BUTTON_LENGTH_MAX = 75;
export const VALUE_LENGTH_MAX = 2000;
/** Of a menu's choice. https://docs.slack.dev/reference/block-kit/composition-objects/option-object/ */
export const OPTION_VALUE_LENGTH_MAX = 150;
export const OPTIONS_MAX = 100;
/** https://docs.slack.dev/reference/views/modal-views/ */
export const VIEW_BLOCKS_MAX = 100;
/** Of all cells of a message's table together. */
export const TABLE_LENGTH_MAX = 10_000;
export const TABLE_ROWS_MAX = 100;
export const TABLE_COLUMNS_MAX = 20;
/** Of all blocks together, found by experience ("msg_blocks_too_long" near 13,200); counted here as JSON, which is never less. */
export const MESSAGE_LENGTH_MAX = 13_000;
/** UTF-8 bytes of the text that stands in for the blocks. */
export const FALLBACK_BYTES_MAX = 4000;
/** https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts */
export const PROMPTS_MAX = 4;
