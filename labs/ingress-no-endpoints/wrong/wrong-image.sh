# There are endpoints now, of the wrong version; and the port of the Service was changed instead of the port of the pods.
# misses: myappv2, shop
kubectl create deployment myappv2 --image myapp:v1
kubectl expose deployment pay --port 80
kubectl patch svc shop --type json -p '[{"op":"replace","path":"/spec/ports/0/port","value":8080}]'
