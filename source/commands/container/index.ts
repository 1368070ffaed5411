import type {Machine} from '../../node/machine.js';
import type {Command} from '../../shell/command.js';
import {crictl} from './crictl.js';
import {ctr} from './ctr.js';
import {docker} from './docker/docker.js';
import {podman} from './unsimulated.js';

/** Containers and images, as people handle them. */
const containerTools: readonly Command<Machine>[] = [docker, crictl, ctr, ...podman];

export default containerTools;
