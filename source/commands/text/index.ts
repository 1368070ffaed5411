import type {Command} from '../../shell/command.js';
import {withBusyboxFace} from '../busybox/face.js';
import awk from './awk/awk.js';
import base64 from './base64.js';
import cat, {rev, tac} from './cat.js';
import checksums from './checksum.js';
import comm from './comm.js';
import cut from './cut.js';
import diff from './diff/diff.js';
import expr from './expr.js';
import fold from './fold.js';
import grep from './grep/grep.js';
import {hexdump, xxd} from './hexdump.js';
import names from './names.js';
import nl from './nl.js';
import numbers from './numbers.js';
import numfmt from './numfmt.js';
import od from './od.js';
import sed from './sed/sed.js';
import seq from './seq.js';
import sort from './sort/sort.js';
import tail from './tail.js';
import tr from './tr.js';
import uniq from './uniq.js';
import wc from './wc.js';

/** Tools that read and change text. */
export default [
	awk,
	...base64,
	cat,
	...checksums,
	comm,
	cut,
	diff,
	expr,
	fold,
	grep,
	hexdump,
	...names,
	nl,
	...numbers,
	numfmt,
	od,
	rev,
	sed,
	seq,
	sort,
	tac,
	tail,
	tr,
	uniq,
	wc,
	xxd,
].map(withBusyboxFace) satisfies Command<any>[];
