# Works, but with the images of the project, and by node port only.
# misses: images, controller, address, route
kubectl apply -f https://raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v1.11.2/deploy/static/provider/baremetal/deploy.yaml
sleep 30
kubectl create ingress www --class nginx --rule='www.lilee.org/*=myappv1:80'
