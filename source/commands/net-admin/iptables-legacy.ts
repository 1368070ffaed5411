import {unsimulated} from './unsimulated.js';

export default unsimulated('iptables-legacy', 'iptables on the old kernel interface');
