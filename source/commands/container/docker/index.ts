import {build} from './build/build.js';
import {commit} from './container/commit.js';
import {attachVerb, kill, pause, restart, start, stop, unpause, wait} from './container/control.js';
import {cp} from './container/cp.js';
import {exec} from './container/exec.js';
import {inspects} from './container/inspect.js';
import {logs} from './container/logs.js';
import {ps} from './container/ps.js';
import {containerPrune, rm} from './container/rm.js';
import {diff, port, rename, stats, top, update} from './container/small.js';
import {exportVerb, importVerb, load, save} from './image/archive.js';
import {history} from './image/history.js';
import {images} from './image/images.js';
import {imagePrune, rmi} from './image/rmi.js';
import {pull, push, search, tag} from './image/transfer.js';
import {networks} from './network/network.js';
import {create, run} from './run/run.js';
import {df, systemPrune} from './system/disk.js';
import {events} from './system/events.js';
import {info} from './system/info.js';
import {login, logout} from './system/login.js';
import {version} from './system/version.js';
import type {Verb} from './verb.js';
import {volumes} from './volume/volume.js';

/** Everything that docker can do here. */
const verbs: readonly Verb[] = [
	run,
	exec,
	ps,
	build,
	pull,
	push,
	images,
	login,
	logout,
	search,
	version,
	info,
	attachVerb,
	commit,
	cp,
	create,
	diff,
	events,
	exportVerb,
	history,
	importVerb,
	...inspects,
	kill,
	load,
	logs,
	pause,
	port,
	rename,
	restart,
	rm,
	rmi,
	save,
	start,
	stats,
	stop,
	tag,
	top,
	unpause,
	update,
	wait,
	containerPrune,
	imagePrune,
	...networks,
	...volumes,
	df,
	systemPrune,
];

export default verbs;
