# The range was left alone and a port inside it taken.
# misses: service, range, old
kubectl create service nodeport web --tcp 80:80 --node-port 32333
