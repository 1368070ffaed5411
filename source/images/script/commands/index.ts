import type {ScriptCommand} from '../command.js';
import files from './files.js';
import network from './network.js';
import system from './system.js';
import text from './text.js';

/** Commands that container scripts use, as BusyBox has them. */
const commands: readonly ScriptCommand[] = [...text, ...files, ...system, ...network];

export default commands;
