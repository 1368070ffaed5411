import type {Command} from '../../shell/command.js';
import {withBusyboxFace} from '../busybox/face.js';
import chmod from './chmod.js';
import chown from './chown.js';
import cp from './cp.js';
import dd from './dd.js';
import du from './du.js';
import find from './find/find.js';
import ln from './ln.js';
import {mkdir, rmdir} from './mkdir.js';
import mv from './mv.js';
import names from './names.js';
import rm from './rm.js';
import stat from './stat.js';
import touch from './touch.js';

/** Tools that make, move and remove files. */
export default [cp, mv, rm, mkdir, rmdir, ln, chmod, ...chown, touch, stat, du, dd, find, ...names].map(
	withBusyboxFace,
) satisfies Command<any>[];
