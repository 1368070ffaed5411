import type {Command} from '../../shell/command.js';
import {withBusyboxFace} from '../busybox/face.js';
import awk from './awk/awk.js';
import base64 from './base64.js';
import cat, {rev, tac} from './cat.js';
import checksums from './checksum.js';
import cksum from './cksum.js';
import cmp from './cmp.js';
import comm from './comm.js';
import cut from './cut.js';
import diff from './diff/diff.js';
import {expand, unexpand} from './expand.js';
import expr from './expr.js';
import fold from './fold.js';
import grep from './grep/grep.js';
import {hexdump, xxd} from './hexdump.js';
import join from './join.js';
import jq from './jq/jq.js';
import less from './less/less.js';
import more from './less/more.js';
import names from './names.js';
import nl from './nl.js';
import numbers from './numbers.js';
import numfmt from './numfmt.js';
import od from './od.js';
import paste from './paste.js';
import sed from './sed/sed.js';
import seq from './seq.js';
import sort from './sort/sort.js';
import split from './split.js';
import strings from './strings.js';
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
	...cksum,
	cmp,
	comm,
	cut,
	diff,
	expand,
	expr,
	fold,
	grep,
	hexdump,
	join,
	jq,
	less,
	more,
	...names,
	nl,
	...numbers,
	numfmt,
	od,
	paste,
	rev,
	sed,
	seq,
	sort,
	split,
	strings,
	tac,
	tail,
	tr,
	unexpand,
	uniq,
	wc,
	xxd,
].map(withBusyboxFace) satisfies Command<any>[];
