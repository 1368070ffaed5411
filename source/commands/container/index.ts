import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {crictl} from './crictl/crictl.js';
import {ctr} from './ctr.js';
import {docker} from './docker/docker.js';
import {etcdctl} from './etcdctl/etcdctl.js';
import {packageManagers} from './packages/dialects.js';
import {podman} from './unsimulated.js';

/** Containers and images, as people handle them. */
const containerTools: readonly Command<Machine>[] = [docker, crictl, ctr, etcdctl, ...packageManagers, ...podman];

export default containerTools;
