# A Service under another name: everything that asks for web finds nothing.
# misses: service, client, dig
kubectl expose deployment web --name web-svc --port 80
kubectl -n shop expose deployment web --port 80
yum install -y bind-utils
kubectl run busybox --image busyboxplus:latest -- sleep 3600
