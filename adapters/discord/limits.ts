// Lists Discord's limits on a message. Source: https://docs.discord.com/developers/components/reference unless it says
// another.

/** Of all texts of a message together. */
export const TEXT_LENGTH_MAX = 4_000;
/** Of all components of a message, nested ones included. */
export const COMPONENTS_MAX = 40;
export const LABEL_LENGTH_MAX = 80;
/** Of a label that a phone does not cut. https://docs.discord.com/developers/components/reference#button-design-guidelines */
export const LABEL_SHOWN_MAX = 38;
export const ROW_BUTTONS_MAX = 5;
/** https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id */
export const CUSTOM_ID_LENGTH_MAX = 100;
/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export const CHOICES_MAX = 25;
export const CHOICE_LENGTH_MAX = 100;
/** https://docs.discord.com/developers/resources/channel#start-thread-from-message */
export const THREAD_NAME_MAX = 100;
