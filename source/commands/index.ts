import type {Command} from '../shell/command.js';
import container from './container/index.js';
import crypto from './crypto/index.js';
import file from './file/index.js';
import helm from './helm/helm.js';
import host from './host/index.js';
import kubectl from './kubectl/kubectl.js';
import netAdmin from './net-admin/index.js';
import netClient from './net-client/index.js';
import text from './text/index.js';

/** Every command, in the order in which lists show them. */
export const commands: readonly Command[] = [kubectl, helm, ...netAdmin, ...netClient, ...crypto, ...container, ...host, ...file, ...text];
