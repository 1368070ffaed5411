import apply from './apply/apply.js';
import autoscale from './autoscale.js';
import create from './create/create.js';
import remove from './delete/delete.js';
import describe from './describe/describe.js';
import edit from './edit.js';
import get from './get/get.js';
import {annotate, label} from './label.js';
import {cordon, uncordon} from './nodes/cordon.js';
import drain from './nodes/drain.js';
import taint from './nodes/taint.js';
import patch from './patch.js';
import attach from './pods/attach.js';
import exec from './pods/exec.js';
import logs from './pods/logs.js';
import replace from './replace.js';
import rollout from './rollout/rollout.js';
import expose from './run/expose.js';
import run from './run/run.js';
import scale from './scale.js';
import set from './set/set.js';
import type {Verb} from './verb.js';
import wait from './wait/wait.js';

/** In the order of `kubectl --help`. */
export const verbs: readonly Verb[] = [
	create,
	expose,
	run,
	set,
	get,
	edit,
	remove,
	rollout,
	scale,
	autoscale,
	cordon,
	uncordon,
	drain,
	taint,
	describe,
	logs,
	attach,
	exec,
	apply,
	patch,
	replace,
	wait,
	label,
	annotate,
];
