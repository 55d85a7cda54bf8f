global using System;
global using System.Collections.Generic;
global using System.IO;
#if SERVICESTACK
global using ServiceStack;
global using ServiceStack.Web;
#else
global using PushHost.Wire;
#endif
