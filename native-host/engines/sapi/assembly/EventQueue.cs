using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Aside.Sapi.Com;

namespace Aside.Sapi
{
    /// <summary>SPEVENTs that wait to be fetched, each with its own copy of what its lParam points to.</summary>
    public sealed class EventQueue
    {
        static readonly int EventBytes = Marshal.SizeOf(typeof(SPEVENT));

        readonly Queue<SPEVENT> events = new Queue<SPEVENT>();

        public void Add(IntPtr first, uint count)
        {
            lock (events)
            {
                for (uint i = 0; i < count; i++)
                {
                    var e = (SPEVENT)Marshal.PtrToStructure(new IntPtr(first.ToInt64() + i * EventBytes), typeof(SPEVENT));
                    e.lParam = Copy(ref e);
                    events.Enqueue(e);
                }
            }
        }

        /// <summary>Hands over at most <c>count</c>, with what they own. Returns how many.</summary>
        public uint Fetch(IntPtr first, uint count)
        {
            uint fetched = 0;
            lock (events)
            {
                while (fetched < count && events.Count > 0)
                {
                    var place = new IntPtr(first.ToInt64() + fetched * EventBytes);
                    Marshal.StructureToPtr(events.Dequeue(), place, false);
                    fetched += 1;
                }
            }
            return fetched;
        }

        public void Clear()
        {
            lock (events)
            {
                while (events.Count > 0)
                {
                    SPEVENT e = events.Dequeue();
                    Free(ref e);
                }
            }
        }

        /// <summary>SpClearEvent of sphelper.h: every event that was fetched must be freed so.</summary>
        public static void Free(ref SPEVENT e)
        {
            if (e.lParam == IntPtr.Zero) return;
            if (e.elParamType == Spet.Token || e.elParamType == Spet.Object) Marshal.Release(e.lParam);
            else if (e.elParamType == Spet.Pointer || e.elParamType == Spet.String) Marshal.FreeCoTaskMem(e.lParam);
            e.lParam = IntPtr.Zero;
        }

        /// <summary>SpCopyEvent of sphelper.h.</summary>
        static IntPtr Copy(ref SPEVENT e)
        {
            if (e.lParam == IntPtr.Zero) return IntPtr.Zero;
            switch ((int)e.elParamType)
            {
                case Spet.String:
                    return Marshal.StringToCoTaskMemUni(Marshal.PtrToStringUni(e.lParam));
                case Spet.Token:
                case Spet.Object:
                    Marshal.AddRef(e.lParam);
                    return e.lParam;
                case Spet.Pointer: // wParam bytes
                    var bytes = new byte[(int)(ulong)e.wParam];
                    Marshal.Copy(e.lParam, bytes, 0, bytes.Length);
                    IntPtr copy = Marshal.AllocCoTaskMem(bytes.Length);
                    Marshal.Copy(bytes, 0, copy, bytes.Length);
                    return copy;
                default:
                    return e.lParam;
            }
        }
    }
}
