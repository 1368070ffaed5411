# The Deployment is made, the Service is made under the wanted name, the port is set right.
kubectl create deployment myappv2 --image myapp:v2
kubectl expose deployment pay --port 80
kubectl patch svc shop --type json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
