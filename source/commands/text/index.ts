import type {Command} from '../../shell/command.js';
import awk from './awk/awk.js';
import checksums from './checksum.js';
import cut from './cut.js';
import diff from './diff/diff.js';
import grep from './grep/grep.js';
import {hexdump, xxd} from './hexdump.js';
import sed from './sed/sed.js';
import tail from './tail.js';
import tr from './tr.js';
import uniq from './uniq.js';
import wc from './wc.js';

/** Tools that read and change text. */
export default [awk, ...checksums, cut, diff, grep, hexdump, sed, tail, tr, uniq, wc, xxd] satisfies Command<any>[];
