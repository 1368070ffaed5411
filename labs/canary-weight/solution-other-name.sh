# Under a name of its own, in one command.
kubectl create ingress a-third --class nginx --rule 'shop.lilee.org/*=myappv2:80' --annotation nginx.ingress.kubernetes.io/canary=true --annotation nginx.ingress.kubernetes.io/canary-weight=${percent}0 --annotation nginx.ingress.kubernetes.io/canary-weight-total=1000
