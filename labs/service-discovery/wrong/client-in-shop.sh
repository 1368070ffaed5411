# The client pod lives in namespace shop, where web means another Service.
# misses: client, neighbour
kubectl expose deployment web --port 80
kubectl -n shop expose deployment web --port 80
yum install -y bind-utils
kubectl -n shop run busybox --image busyboxplus:latest -- sleep 3600
