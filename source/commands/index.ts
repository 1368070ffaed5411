import type {Command} from '../shell/command.js';
import host from './host/index.js';

/** Every command, in the order in which lists show them. */
export const commands: readonly Command[] = [...host];
