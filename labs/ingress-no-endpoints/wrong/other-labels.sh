# A Deployment of another name has other labels; the Service pay asks for pods that are not there.
# misses: myappv2, pay
kubectl create deployment myapp-v2 --image myapp:v2
kubectl create service clusterip pay --tcp 80:80
kubectl patch svc pay -p '{"spec":{"selector":{"app":"payment"}}}'
kubectl patch svc shop --type json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
