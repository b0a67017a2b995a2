import { chat } from './chat';
import { instance } from './instance';
import { message } from './message';
import type { Resources } from './shared/operation';

/** All that the node can do. The panel, the subtitle and the router are made from it. */
export const resources: Resources = { message, chat, instance };
