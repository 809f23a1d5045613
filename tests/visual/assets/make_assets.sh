#!/bin/sh
# Draws the raster pictures of the documents here (ImageMagick). All of them are invented.
set -eu
cd "$(dirname "$0")"
# A signature: ink on transparent paper.
convert -size 520x200 xc:none -fill none -stroke '#1d2f6f' -strokewidth 5 \
  -draw "path 'M 40,130 C 70,30 110,10 95,90 C 85,150 60,170 70,120 C 85,60 150,60 140,110 C 135,140 165,130 180,100 C 190,80 200,100 195,120 C 215,80 240,80 235,120 C 260,70 300,60 290,110 C 285,140 330,120 350,90 C 380,40 400,30 385,90 C 375,140 430,120 490,70'" \
  -strokewidth 3 -draw "path 'M 60,165 C 180,140 340,150 480,128'" -depth 8 -define png:compression-level=9 -colors 16 signature.png
scene() { # name sky ground sun
  convert -size 720x420 "gradient:$2-$3" -fill "$4" -draw 'circle 560,120 560,70' \
    -fill '#2f5d50' -draw 'polygon 0,330 160,200 300,330' -fill '#3b7163' -draw 'polygon 180,340 380,160 600,340' \
    -fill '#28493f' -draw 'polygon 430,345 600,230 720,320 720,345' -fill '#d9c89b' -draw 'rectangle 0,335 720,420' \
    -fill '#b8a577' -draw 'polygon 300,420 345,335 365,335 460,420' -quality 72 -sampling-factor 4:2:0 -strip "$1"
}
scene hills.jpg '#f6c28b' '#f9ead2' '#fff4d6'
convert -size 480x360 'gradient:#dfe9ea-#b9cfd0' -fill '#8aa5a3' -draw 'rectangle 0,250 480,360' \
  -fill '#3c4f58' -draw 'roundrectangle 70,120 410,270 14,14' -fill '#9fd3c7' -draw 'roundrectangle 90,140 250,250 8,8' \
  -fill '#f2f5f4' -draw 'roundrectangle 270,140 390,165 5,5' -draw 'roundrectangle 270,178 390,203 5,5' \
  -fill '#ffd166' -draw 'circle 300,232 300,220' -fill '#e76f51' -draw 'circle 340,232 340,220' -quality 75 -strip depot.jpg
# Products: PNG in different colour types, JPEG in colour and in grey.
base() { convert -size 320x240 'radial-gradient:#ffffff-#e8ecef' "$@"; }
base -fill '#34495e' -draw 'roundrectangle 40,90 280,160 8,8' -fill '#1abc9c' -draw 'circle 60,140 60,136' -draw 'circle 76,140 76,136' \
  -fill '#95a5a6' -draw 'rectangle 110,104 130,120' -draw 'rectangle 136,104 156,120' -draw 'rectangle 162,104 182,120' -draw 'rectangle 188,104 208,120' \
  -draw 'rectangle 214,104 234,120' -draw 'rectangle 240,104 260,120' -quality 80 -strip p-switch.jpg
convert -size 320x240 xc:none -fill '#f4f6f7' -stroke '#b2bec3' -strokewidth 2 -draw 'ellipse 160,120 95,60 0,360' -stroke none -fill '#0984e3' -draw 'circle 160,120 160,114' -depth 8 -strip p-radio.png
base -fill '#2d3436' -draw 'roundrectangle 60,40 260,170 6,6' -fill '#74b9ff' -draw 'rectangle 70,50 250,160' -fill '#636e72' -draw 'rectangle 150,170 170,200' -draw 'roundrectangle 110,198 210,206 4,4' -colors 32 -strip PNG8:p-screen.png
base -fill '#2d3436' -draw 'roundrectangle 50,100 270,190 10,10' -fill '#dfe6e9' -draw 'roundrectangle 60,110 260,180 4,4' -fill '#636e72' \
  -draw 'rectangle 70,118 250,130' -draw 'rectangle 70,136 250,148' -draw 'rectangle 70,154 250,166' -colorspace Gray -quality 80 -strip p-keys.jpg
convert -size 320x240 xc:white -fill black -draw 'roundrectangle 60,60 260,180 12,12' -fill white -draw 'rectangle 80,80 240,130' -draw 'circle 110,155 110,147' -draw 'circle 160,155 160,147' -monochrome -strip PNG:p-backup.png
base -fill '#6c5ce7' -draw 'roundrectangle 120,40 200,200 14,14' -fill '#ffffff' -draw 'circle 160,90 160,70' -fill '#a29bfe' -draw 'rectangle 140,130 180,136' -draw 'rectangle 140,144 180,150' -quality 80 -strip p-key.jpg
