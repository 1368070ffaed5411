import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {firewallCmd} from './firewall-cmd.js';
import selinux from './selinux.js';

/** What guards a machine beside its tables. */
export default [...selinux, firewallCmd] satisfies Command<Machine>[];
