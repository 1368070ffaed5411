import {createSaveCommand} from './iptables-save.js';

export default createSaveCommand(6);
