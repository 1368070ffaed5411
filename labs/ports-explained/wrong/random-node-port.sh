# expose cannot choose the nodePort: the cluster picked one.
# misses: outside
kubectl expose deployment dep01 --name mysvc --type NodePort --port 8080 --target-port 80
kubectl expose deployment api --port 80 --target-port 8080
