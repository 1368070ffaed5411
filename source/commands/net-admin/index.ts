import type {Command} from '../../shell/command.js';
import ip6tables from './ip6tables.js';
import ip6tablesRestore from './ip6tables-restore.js';
import ip6tablesSave from './ip6tables-save.js';
import iptables from './iptables.js';
import iptablesRestore from './iptables-restore.js';
import iptablesSave from './iptables-save.js';
import ipvsadm from './ipvsadm/ipvsadm.js';

/** Tools that list and change a machine's network tables. They own no state. */
const commands: readonly Command[] = [iptables, iptablesSave, iptablesRestore, ip6tables, ip6tablesSave, ip6tablesRestore, ipvsadm];
export default commands;
