# 8080 is sent on to 8080, where nobody listens.
# misses: dns, web
kubectl create service clusterip web --tcp=80:80 --tcp=8080:8080
