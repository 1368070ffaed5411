# Opened again too early, and a budget that nobody can keep.
# misses: budget, empty, others
kubectl create pdb web --selector app=web --min-available 4
kubectl drain k8s-node1 --ignore-daemonsets --force --timeout 30s
kubectl uncordon k8s-node1
