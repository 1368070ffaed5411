import type {Command} from '../../shell/command.js';
import diff from './diff/diff.js';
import grep from './grep/grep.js';
import sed from './sed/sed.js';

/** Tools that read and change text. */
export default [diff, grep, sed] satisfies Command<any>[];
