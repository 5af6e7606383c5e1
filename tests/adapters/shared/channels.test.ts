import { createChannels } from "../../../adapters/shared/channels.ts";
import { describeChannels } from "../../contracts/channels.ts";

describeChannels("memory", async (now) => createChannels(now));
