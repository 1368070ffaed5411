# A Deployment's pods have names nobody can guess.
# misses: ready, names
kubectl create service clusterip web --clusterip="None"
kubectl create deployment web --image myapp:v1 --replicas ${n}
