import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {blkid} from './blkid.js';
import {df} from './df.js';
import {findmnt} from './findmnt.js';
import {lsblk} from './lsblk.js';
import {mount} from './mount.js';

/** Disks and what is mounted from them. */
export default [df, mount, lsblk, blkid, findmnt] satisfies Command<Machine>[];
