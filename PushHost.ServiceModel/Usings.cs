global using System;
global using System.Collections.Generic;
global using System.IO;
#if SERVICESTACK
global using ServiceStack;
global using ServiceStack.Web;
#endif
global using PushHost.Wire;
