# A budget of one pod that may be missing.
kubectl create pdb spare --selector app=web --max-unavailable 1
kubectl drain k8s-node1 --ignore-daemonsets --force
