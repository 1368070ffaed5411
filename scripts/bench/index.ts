import type {Bench} from './bench.js';
import boot from './boot.js';
import check from './check.js';
import command from './command.js';
import grade from './grade.js';
import keys from './keys.js';
import snapshot from './snapshot.js';
import startup from './startup.js';

const benches: readonly Bench[] = [boot, snapshot, command, check, grade, keys, startup];
export default benches;
