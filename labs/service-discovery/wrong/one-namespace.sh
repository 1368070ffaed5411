# The second Service was made without -n shop: refused, because web exists already.
# misses: neighbour
kubectl expose deployment web --port 80
kubectl expose deployment web --port 80
yum install -y bind-utils
kubectl run busybox --image busyboxplus:latest -- sleep 3600
