# Imperative.
kubectl expose deployment web --port 80
kubectl -n shop expose deployment web --port 80
yum install -y bind-utils
kubectl run busybox --image busyboxplus:latest -- sleep 3600
