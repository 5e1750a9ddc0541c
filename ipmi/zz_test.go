package ipmi_test
import ("testing";"fmt";"time";"runtime";"strings";"github.com/mchus/bee/ipmi")
func TestZZ(t *testing.T){
 r:=strings.Repeat
 ins:=map[string]string{
 "line10M":"FRU Device Description : X (ID 0)\n Board Mfg : "+r("A",10<<20)+"\n\n",
 "empty1e6":r("FRU Device Description : X (ID 1)\n\n",1_000_000),
 "blank1e6":r("\n\n",1_000_000)+"FRU Device Description : X (ID 0)\n Board Mfg : A\n",
 "short1e6":"FRU Device Description : X (ID 0)\n"+r(" a:\n",1_000_000),
 "glued1e6":r("aFRU Read failed\n",1_000_000),
 "psu1e5":r("FRU Device Description : PS1 (ID 1)\n Board Mfg : A\n",100_000),
 "commas":r(",",10<<20), "pipes":r("|",10<<20), "csv1e6":r("a,1,b,ok\n",1_000_000),
 "locators":r("PS1 | 00h | ns  | 10.1 | Logical FRU @01h\n",100_000)+r("PS1 | 00h | ok  | 10.1 | 3 Watts\n",30_000),
 "sensorblocks":r("Sensor ID : x (0x1)\n a : b\n",300_000),
 "sel1e6":r("1 | a | b\n",1_000_000), "colons":r(":",10<<20), "psps":"FRU Device Description : "+r("ps ",3<<20)+"(ID 1)\n",
 "blanks":r(" ",10<<20), "cr":r("\r",10<<20),
 "aux": "Aux Firmware Rev Info     : \n"+r("    0x00\n",500_000),
 }
 for n,in:=range ins { d:=[]byte(in); var m0,m1 runtime.MemStats; runtime.GC(); runtime.ReadMemStats(&m0); t0:=time.Now()
  f,_:=ipmi.ParseFRU(d); s,_:=ipmi.ParseSDR(d); t1:=time.Since(t0); ipmi.PowerSupplies(f,s); t2:=time.Since(t0); e,_:=ipmi.ParseSEL(d); e.Events(); l,_:=ipmi.ParseLAN(d); l.Config(); mm,_:=ipmi.ParseMC(d); mm.Info(); t3:=time.Since(t0); runtime.ReadMemStats(&m1)
  fmt.Printf("%-14s %4d MB in, parse %v psu %v all %v, alloc %d MB\n",n,len(d)>>20,t1.Round(1e6),(t2-t1).Round(1e6),t3.Round(1e6),(m1.TotalAlloc-m0.TotalAlloc)>>20)
 }}
