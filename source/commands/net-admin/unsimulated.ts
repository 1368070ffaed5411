import type {Command} from '../../shell/command.js';
import {refuse, tool} from './tool.js';

/** A tool that real machines have: it says that it is not simulated, instead of seeming to be missing. */
export const unsimulated = (name: string, summary: string, path = `/usr/sbin/${name}`): Command =>
	tool({name, summary, path, run: io => refuse(io, [name, ...io.argv.slice(1)].join(' '))});
