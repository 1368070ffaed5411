# As in the text.
kubectl create pdb web --selector app=web --min-available 3
kubectl drain k8s-node1 --ignore-daemonsets --force
