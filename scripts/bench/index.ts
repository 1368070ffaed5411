import type {Bench} from './bench.js';
import boot from './boot.js';
import check from './check.js';
import command from './command.js';
import grade from './grade.js';
import growth from './growth.js';
import history from './history.js';
import journal from './journal.js';
import keys from './keys.js';
import memory from './memory.js';
import proxy from './proxy.js';
import scale from './scale.js';
import snapshot from './snapshot.js';
import startup from './startup.js';

const benches: readonly Bench[] = [boot, snapshot, command, check, history, journal, memory, proxy, keys, startup, scale, growth, grade];
export default benches;
