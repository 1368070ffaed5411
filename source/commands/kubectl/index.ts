import {apiResources, apiVersions} from './api-resources.js';
import apply from './apply/apply.js';
import auth from './auth/auth.js';
import autoscale from './autoscale.js';
import certificate from './certificate.js';
import clusterInfo from './cluster-info.js';
import config from './config/config.js';
import create from './create/create.js';
import remove from './delete/delete.js';
import describe from './describe/describe.js';
import diff from './diff.js';
import edit from './edit/edit.js';
import events from './events.js';
import explain from './explain/explain.js';
import get from './get/get.js';
import {annotate, label} from './label.js';
import {cordon, uncordon} from './nodes/cordon.js';
import drain from './nodes/drain.js';
import taint from './nodes/taint.js';
import {kustomize} from './kustomize/kustomize.js';
import {proxy} from './proxy.js';
import patch from './patch.js';
import attach from './pods/attach.js';
import cp from './pods/cp.js';
import debug from './pods/debug.js';
import exec from './pods/exec.js';
import logs from './pods/logs.js';
import portForward from './pods/port-forward.js';
import replace from './replace.js';
import rollout from './rollout/rollout.js';
import expose from './run/expose.js';
import run from './run/run.js';
import scale from './scale.js';
import set from './set/set.js';
import {alpha, completion, options, plugin} from './small.js';
import top from './top.js';
import type {Verb} from './verb.js';
import version from './version.js';
import wait from './wait/wait.js';

/** In the order of `kubectl --help`. */
export const verbs: readonly Verb[] = [
	create,
	expose,
	run,
	set,
	explain,
	get,
	edit,
	remove,
	rollout,
	scale,
	autoscale,
	certificate,
	clusterInfo,
	top,
	cordon,
	uncordon,
	drain,
	taint,
	describe,
	logs,
	attach,
	exec,
	portForward,
	proxy,
	cp,
	auth,
	debug,
	events,
	diff,
	apply,
	patch,
	replace,
	wait,
	kustomize,
	label,
	annotate,
	completion,
	alpha,
	apiResources,
	apiVersions,
	config,
	options,
	plugin,
	version,
];
