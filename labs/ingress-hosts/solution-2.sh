# One Ingress for each, by commands.
ssh reg "sed -i '\$a 172.25.254.50 myappv1.lilee.org\n172.25.254.50 myappv2.lilee.org' /etc/hosts"
kubectl create ingress first --class nginx --rule='myappv1.lilee.org/*=myappv1:80'
kubectl create ingress second --class nginx --rule='myappv2.lilee.org/*=myappv2:80'
kubectl create ingress dev --class nginx --rule='*.dev.lilee.org/*=myappv2:80'
kubectl create ingress rest --class nginx --default-backend=sorry:80
