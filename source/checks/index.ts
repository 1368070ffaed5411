import type {Check} from './check.js';
import command from './command.js';
import connect from './connect.js';
import dns from './dns.js';
import event from './event.js';
import file from './file.js';
import proxy from './proxy.js';
import reach from './reach.js';
import resource from './resource.js';

/** Everything a lab can ask, in the order of the documentation. */
const checks: readonly Check[] = [resource, connect, reach, dns, proxy, file, command, event];
export default checks;
