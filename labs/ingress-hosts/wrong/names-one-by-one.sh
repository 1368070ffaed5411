# The developers that the text names got a rule each, the others none.
# misses: wildcard
ssh reg "echo 172.25.254.50 myappv1.lilee.org myappv2.lilee.org >> /etc/hosts"
kubectl create ingress hosts --class nginx --rule 'myappv1.lilee.org/*=myappv1:80' --rule 'myappv2.lilee.org/*=myappv2:80' --rule 'tom.dev.lilee.org/*=myappv2:80' --rule 'ann.dev.lilee.org/*=myappv2:80'
kubectl create ingress rest --class nginx --default-backend sorry:80
