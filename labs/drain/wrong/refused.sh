# Without the flags drain refuses and evicts nobody; the node is only cordoned.
# misses: empty
kubectl create pdb web --selector app=web --min-available 3
kubectl drain k8s-node1
