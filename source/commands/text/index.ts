import type {Command} from '../../shell/command.js';
import sed from './sed/sed.js';

/** Tools that read and change text. */
export default [sed] satisfies Command<any>[];
