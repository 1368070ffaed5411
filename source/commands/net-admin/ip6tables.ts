import {createIptablesCommand} from './iptables.js';

export default createIptablesCommand(6);
