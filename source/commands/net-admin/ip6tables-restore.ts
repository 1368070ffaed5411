import {createRestoreCommand} from './iptables-restore.js';

export default createRestoreCommand(6);
