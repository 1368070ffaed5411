import type {ScriptCommand} from '../command.js';
import system from './system.js';
import text from './text.js';
import typed from './typed.js';

/** Commands that container scripts use, as their image has them. */
const commands: readonly ScriptCommand[] = [...text, ...system, ...typed];

export default commands;
