import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {crontab} from './crontab.js';
import groups from './groups.js';
import identity from './identity.js';
import {passwd} from './passwd.js';
import users from './users.js';
import who from './who.js';

/** Users, groups, and who is there. */
export default [...identity, ...users, ...groups, passwd, ...who, crontab] satisfies Command<Machine>[];
