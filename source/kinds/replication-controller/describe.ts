export {describeReplicaSet as describeReplicationController} from '../replica-set/describe.js';
