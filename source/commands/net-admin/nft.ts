import {unsimulated} from './unsimulated.js';

export default unsimulated('nft', 'list and change nftables rules');
